import type { MantineColorScheme } from "@mantine/core";
import { ALERT_TYPE_NAMES } from "@/app/_ui/words/alert-words";
import { ALERT_TYPES } from "@/lib/domain/alerts/alerting";
import { type AlertsView, alertsView } from "../../alerts/(list)/view";
import { type LiveView, liveView } from "../../live/view";
import type { Destination } from "../destinations";

type ActionContext = {
  /** The facility in view, as it is in the address. */
  facility: string | null;
  setColors: (scheme: MantineColorScheme) => void;
  signOut: () => void;
};

/** What the palette does or leads to beside pages; `words` are other names that people type. */
function allActions({ facility, setColors, signOut }: ActionContext) {
  const live = (view: Partial<LiveView>) => liveView.address({ facility, ...view });
  const alerts = (view: Partial<AlertsView>) =>
    alertsView.address({ facility: facility ?? undefined, ...view });
  const actions: (Destination & { words: string })[] = [
    { label: "Offline devices", words: "silent", act: live({ state: "offline" }) },
    { label: "Never connected devices", words: "new", act: live({ state: "never" }) },
    { label: "Devices with open alerts", words: "wrong", act: live({ alerting: true }) },
    { label: "Critical alerts", words: "severity", act: alerts({ severity: "CRITICAL" }) },
    ...ALERT_TYPES.map((type) => ({
      label: `${ALERT_TYPE_NAMES[type]} alerts`,
      ...{ words: type, act: alerts({ type }) },
    })),
    { label: "Dark colours", words: "colors mode theme night", act: () => setColors("dark") },
    { label: "Light colours", words: "colors mode theme day", act: () => setColors("light") },
    { label: "System colours", words: "colors mode theme auto", act: () => setColors("auto") },
    { label: "Sign out", words: "log out logout", act: signOut },
  ];
  return actions;
}

/** The actions that a text names; all of them for none. */
export function actionsNamed(text: string, context: ActionContext): Destination[] {
  const wanted = text.trim().toLowerCase();
  return allActions(context).filter(({ label, words }) =>
    `${label} ${words}`.toLowerCase().includes(wanted),
  );
}
