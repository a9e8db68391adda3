/** Paths below the output directory. */
export const monitoringFiles = {
  rules: "monitoring/rules.yml",
  ruleTests: "monitoring/rules.test.yml",
  dashboard: "monitoring/dashboard.json",
} as const;
