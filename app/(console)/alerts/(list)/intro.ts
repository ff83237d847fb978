/** What the page is for; its skeleton says it too. */
export const ALERTS_INTRO =
  "One alert per device and cause, from when it is raised until its cause is gone. Acknowledge what you look after; alerts resolve by themselves.";
