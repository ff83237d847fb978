// Checks of texts, without zod: the browser reads addresses with them, too.

export const CODE_LENGTH = 128;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/;

export const isPlainText = (text: string) => text.isWellFormed() && !CONTROL_CHARACTERS.test(text);

/** Counted as Postgres does, an emoji as one; most texts are short enough without counting. */
export const hasAtMost = (text: string, max: number) =>
  text.length <= max || [...text].length <= max;

export const SEARCH_LENGTH = 200;

/** Postgres takes no other text; nothing that is stored could match it. */
export const isSearchable = (text: string) => text.isWellFormed() && !text.includes("\u0000");
