/** Weights of the first seventeen digits and the check characters, GB 11643-1999. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

export type Fault = "length" | "digits" | "date" | "check";

/** What is wrong with a Chinese citizen identity number as it is typed; null when it holds. */
export function fault(number: string): Fault | null {
  if (!/^\d{0,17}[\dXx]?$/.test(number)) return "digits";
  if (number.length >= 14 && !birth(number)) return "date";
  if (number.length < 18) return "length";
  const sum = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(number[at]), 0);
  return CHECKS[sum % 11] === number[17]?.toUpperCase() ? null : "check";
}

/** The birth date in digits 7 to 14, when they are a date: YYYY-MM-DD. */
export function birth(number: string): string | null {
  const [, year, month, day] = /^\d{6}(\d{4})(\d\d)(\d\d)/.exec(number) ?? [];
  return year && month && day ? calendar(year, month, day) : null;
}

/** The date as YYYY-MM-DD, when it is in the calendar. */
export function calendar(year: string, month: string, day: string): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null;
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(+date) && date.toISOString().startsWith(text) ? text : null;
}

/** Years of age on `today`, both YYYY-MM-DD. */
export function age(born: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4));
  return today.slice(5) < born.slice(5) ? years - 1 : years;
}
