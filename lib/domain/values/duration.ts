/** "45 s", "12 min", "3 h 20 min", "4 d 2 h": a length of time in its two largest units. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours < 24) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  const [days, hoursLeft] = [Math.floor(hours / 24), hours % 24];
  const inDays = `${days.toLocaleString("en")} d`;
  return hoursLeft === 0 ? inDays : `${inDays} ${hoursLeft} h`;
}

/** "20 min", "1 min 30 s", "1 d 1 h": a limit of whole seconds, exactly, in the units people use. */
export function exactDuration(seconds: number): string {
  const parts: [count: number, unit: string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`);
  return told.join(" ") || "0 s";
}
