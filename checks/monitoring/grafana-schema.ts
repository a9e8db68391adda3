/** Compiles where dashboards are what Grafana's own types say; nothing runs it. */
import type { Dashboard } from "@grafana/schema";
import type { Plan } from "../../generator/plan/types.ts";
import { dashboardOf } from "../../generator/render/monitoring/dashboard.ts";

/** A type as JSON spells it: the values of enumerations are texts. */
type Json<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Element)[]
    ? readonly Json<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]: Json<T[Key]> }
      : T;

export const dashboard: (plan: Plan, specName: string) => Json<Dashboard> = dashboardOf;
