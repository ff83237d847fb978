/** How long a session lasts at most, in seconds. */
export const SESSION_SECONDS = 7 * 86_400;
/** How long a session lasts without a sign of life, in seconds. */
export const SESSION_IDLE_SECONDS = 24 * 3_600;
