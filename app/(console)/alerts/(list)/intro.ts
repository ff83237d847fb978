/** What the page is for; its skeleton says it too. */
export const ALERTS_INTRO =
  "One alert per device and cause. Acknowledge the alerts you are handling. They resolve by themselves when the cause is gone.";
