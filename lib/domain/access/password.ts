/** Characters that a password has at least. Apart from the messages, which browsers need not load. */
export const MIN_PASSWORD_LENGTH = 10;
