/** The few icons that pages use: drawn on a 16 × 16 grid, always beside a word or a label. */
const PATHS = {
  ok: "M3 8.5 6.5 12 13 4.5",
  warning: "M8 2.2 14.5 13.5H1.5L8 2.2ZM8 6.5v3.2M8 11.6v.1",
  critical: "M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3l3.5-3.5ZM8 4.8v3.9M8 11v.1",
  info: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 7.2v3.9M8 4.9V5",
  left: "M10 3 5 8l5 5",
  right: "m6 3 5 5-5 5",
  down: "m3 6 5 5 5-5",
  bell: "M3.5 11.5h9L11.5 10V7a3.5 3.5 0 0 0-7 0v3l-1 1.5ZM6.8 13.8h2.4",
  sun: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1",
  moon: "M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z",
  system: "M1.8 2.8h12.4v8.4H1.8V2.8ZM5.5 14h5M8 11.2V14",
  search: "M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6ZM10.5 10.5 14 14",
  copy: "M5.5 5.5h8v8h-8v-8ZM10.5 5.5v-3h-8v8h3",
  user: "M8 2.2a2.9 2.9 0 1 0 0 5.8 2.9 2.9 0 0 0 0-5.8ZM2.6 14c.5-2.6 2.6-4 5.4-4s4.9 1.4 5.4 4",
  car: "M2 9.5h12v3H2v-3ZM3.2 9.5l1.3-4h7l1.3 4M4.2 12.5v1.3M11.8 12.5v1.3M4.6 11h.1M11.3 11h.1",
  question: "M5.6 5.8a2.4 2.4 0 1 1 3.3 2.2c-.6.3-.9.7-.9 1.6M8 12v.1",
  up: "m4 10 4-4 4 4",
  columns: "M2 3h12v10H2V3ZM6 3v10M10 3v10",
  away: "M2 2l12 12M5.2 5.3A6 6 0 0 0 2.2 7M13.8 7a7.5 7.5 0 0 0-4.2-2.6M4.6 9.6a4.6 4.6 0 0 1 3.3-1.4M8 12.6v.1",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
