"use client";

import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { Icon, type IconName } from "./icons";

const SCHEMES: Record<
  MantineColorScheme,
  { icon: IconName; name: string; next: MantineColorScheme }
> = {
  auto: { icon: "system", name: "system", next: "light" },
  light: { icon: "sun", name: "light", next: "dark" },
  dark: { icon: "moon", name: "dark", next: "auto" },
};

/** Goes through the system's, the light and the dark colours; remembered in this browser. */
export function ColorSchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server can't know what this browser remembers.
  const { icon, name, next } = SCHEMES[useMounted() ? colorScheme : "auto"];
  const label = `Colours: ${name}. Change to ${SCHEMES[next].name}.`;
  return (
    <ActionIcon
      variant="default"
      size={36}
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next)}
    >
      <Icon name={icon} size={18} />
    </ActionIcon>
  );
}
