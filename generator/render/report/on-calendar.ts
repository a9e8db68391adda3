/** The calendars of planned timers (systemd.time(7)), in words and as the hours of a week that begins on Monday. */
import { type Bar, percent } from "./bars.ts";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** When something runs: on these days, at each of these hours and minutes. */
interface Recurrence {
  readonly days: readonly number[];
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
}

const shorthands: Readonly<Record<string, string>> = { hourly: "*:00", weekly: "Mon 00:00" };

const pattern =
  /^(?:(?<from>[A-Z][a-z]{2})(?:\.\.(?<to>[A-Z][a-z]{2}))? )?(?:\*-\*-\* )?(?<hour>[\d*/]+):(?<minute>[\d*/]+)(?::00)?$/;

const dayNumber = (short: string): number => days.findIndex((day) => day.startsWith(short));

/** "*" is every one, "3" that one, "0/6" every sixth from nought on. */
const expanded = (field: string, count: number): readonly number[] => {
  if (field === "*") return Array.from({ length: count }, (_, i) => i);
  const [start = 0, step = count] = field.split("/").map(Number);
  return Array.from({ length: Math.ceil((count - start) / step) }, (_, i) => start + i * step);
};

/** Null for a calendar of another form than plans have. */
const parse = (calendar: string): Recurrence | null => {
  const found = pattern.exec(shorthands[calendar] ?? calendar)?.groups;
  if (!found) return null;
  const from = found.from === undefined ? 0 : dayNumber(found.from);
  const to = found.from === undefined ? 6 : dayNumber(found.to ?? found.from);
  if (from < 0 || to < from) return null;
  return {
    days: days.map((_, i) => i).slice(from, to + 1),
    hours: expanded(found.hour ?? "*", 24),
    minutes: expanded(found.minute ?? "*", 60),
  };
};

const two = (number: number): string => String(number).padStart(2, "0");

const daysInWords = (numbers: readonly number[]): string => {
  const [first = 0] = numbers;
  if (numbers.length === 7) return "every day";
  if (numbers.length === 1) return `every ${days[first]}`;
  return `${days[first]} to ${days[numbers.at(-1) ?? 6]}`;
};

/** "Sun *-*-* 01:15:00" is "every Sunday at 01:15"; a form that plans do not have stays as it is. */
export const calendarWords = (calendar: string): string => {
  const found = parse(calendar);
  if (!found) return calendar;
  const { hours, minutes } = found;
  if (minutes.length > 1) return `every ${60 / minutes.length} min`;
  if (hours.length === 24) return "every hour";
  if (hours.length > 1) return `every ${24 / hours.length} h`;
  return `${daysInWords(found.days)} at ${two(hours[0] ?? 0)}:${two(minutes[0] ?? 0)}`;
};

const hoursOfWeek = 7 * 24;
/** Wide enough to be seen where a week is as wide as a phone. */
const markWidth = 0.6;

/** Where a run lies in a week, in percent; what runs every hour or more often is one band. */
export const calendarMarks = (calendar: string): readonly Bar[] => {
  const found = parse(calendar);
  if (!found) return [];
  if (found.hours.length === 24) return [{ x: 0, width: 100 }];
  return found.days.flatMap((day) =>
    found.hours.map((hour) => ({
      x: percent((day * 24 + hour + (found.minutes[0] ?? 0) / 60) / hoursOfWeek),
      width: markWidth,
    })),
  );
};
