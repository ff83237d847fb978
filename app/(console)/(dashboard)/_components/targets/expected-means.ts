/** How the expected part of a target is found, for the definitions of what shows it. */
export const EXPECTED_MEANS =
  "“Expected by now” is the part of the target that usually comes by this local time: the share of a day’s events that had come by now on the same weekday of the last four weeks in the same zone, or the share of the day that has passed where there were too few.";
