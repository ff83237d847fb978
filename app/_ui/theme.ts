import type { MantineThemeOverride } from "@mantine/core";

/** Plain data, so that the server can hand it to the provider in the browser. */
export const theme: MantineThemeOverride = {
  primaryColor: "indigo",
  primaryShade: 7,
  defaultRadius: "md",
  respectReducedMotion: true,
  cursorType: "pointer",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
};
