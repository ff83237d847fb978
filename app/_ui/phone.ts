/** A screen on which lists are cards and filters are folded away, as the stylesheets have it. */
export const PHONE = "(max-width: 48em)";
