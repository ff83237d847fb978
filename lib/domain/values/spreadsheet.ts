/**
 * What a spreadsheet would take for a formula, and what already looks guarded: one more quote in
 * front keeps both apart, so that a guarded text can be read back as it was. Spreadsheets in East
 * Asian languages take full-width and small signs for the usual ones.
 */
export const FORMULA_LIKE = /^'*[=+\-@\t\r＝＋－＠﹦﹢﹣﹫]/;

/** A text as it was before `'` was put in front of it, so that spreadsheets keep it as text. */
export function withoutFormulaGuard(text: string): string {
  return text.startsWith("'") && FORMULA_LIKE.test(text) ? text.slice(1) : text;
}
