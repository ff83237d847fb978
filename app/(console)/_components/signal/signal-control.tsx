"use client";

import { Button, NativeSelect, Switch } from "@mantine/core";
import { useState } from "react";
import { Dropdown } from "@/app/_ui/dialogs/dropdown";
import { Icon } from "@/app/_ui/icons";
import { ALERT_SEVERITIES } from "@/lib/domain/alerts/alerting";
import {
  askForNotices,
  type NoticePermission,
  noticePermission,
  showNotice,
} from "./desktop-notice";
import classes from "./signal-control.module.css";
import { useSignalSettings } from "./signal-settings";
import { allowSound, playTone } from "./signal-sound";

const THRESHOLDS = [
  { value: "INFO", label: "All alerts" },
  { value: "WARNING", label: "Warning and critical" },
  { value: "CRITICAL", label: "Critical only" },
];

/** Asks how someone wants to hear of new alerts, on whatever page of the console they are. */
export function SignalControl() {
  const [settings] = useSignalSettings();
  const on = [settings.sound && "sound", settings.desktop && "desktop"].filter(Boolean);
  return (
    <Dropdown
      label="Notification settings"
      className={classes.panel}
      target={(props) => (
        <Button {...props} variant="default" leftSection={<Icon name="bell" />}>
          Notification settings{on.length > 0 ? `: ${on.join(", ")}` : ""}
        </Button>
      )}
    >
      {() => <Choices />}
    </Dropdown>
  );
}

function Choices() {
  const [settings, setSettings] = useSignalSettings();
  const [permission, setPermission] = useState<NoticePermission>(noticePermission);
  const { sound, desktop, from } = settings;
  const chooseSound = (wanted: boolean) => {
    if (wanted) allowSound();
    setSettings({ ...settings, sound: wanted });
  };
  const chooseDesktop = async (wanted: boolean) => {
    const answer = wanted ? await askForNotices() : permission;
    setPermission(answer);
    setSettings({ ...settings, desktop: wanted && answer === "granted" });
  };
  return (
    <>
      <Switch
        label="Play a sound"
        checked={sound}
        onChange={(event) => chooseSound(event.currentTarget.checked)}
      />
      <Switch
        label="Show a desktop notification"
        checked={desktop && permission === "granted"}
        disabled={permission === "missing" || permission === "denied"}
        onChange={(event) => void chooseDesktop(event.currentTarget.checked)}
      />
      <PermissionNote permission={permission} />
      <NativeSelect
        label="About"
        data={THRESHOLDS}
        value={from}
        onChange={({ currentTarget: { value } }) => {
          const chosen = ALERT_SEVERITIES.find((severity) => severity === value);
          if (chosen) setSettings({ ...settings, from: chosen });
        }}
      />
      <div className={classes.foot}>
        <span>Saved in this browser. After a reload, sound starts with your first click.</span>
        <Button
          size="xs"
          variant="default"
          disabled={!sound && !desktop}
          onClick={() => tryOut(sound, desktop)}
        >
          Try it
        </Button>
      </div>
    </>
  );
}

function tryOut(sound: boolean, desktop: boolean) {
  if (sound) {
    allowSound();
    playTone();
  }
  if (!desktop) return;
  const text = "New alerts look like this.";
  showNotice({ title: "Smart Parking", text, tag: "try", onClick: () => {} });
}

function PermissionNote({ permission }: { permission: NoticePermission }) {
  if (permission === "denied") {
    return (
      <p className={classes.note}>
        This browser blocks notifications from this site. Allow them in the site settings first.
      </p>
    );
  }
  if (permission === "missing") {
    return (
      <p className={classes.note}>
        This browser shows notifications only on HTTPS sites, or not at all.
      </p>
    );
  }
  return null;
}
