"use client";

import { UnstyledButton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { showToast } from "@/app/_ui/dialogs/toast";
import { UNREACHABLE } from "@/app/_ui/forms/api-call";
import { Icon } from "@/app/_ui/icons";
import { useFetchedSoon } from "@/app/_ui/use-fetched-soon";
import classes from "./palette-button.module.css";
import { useEarlyKeys } from "./use-early-keys";

/** Most visits need no palette: it is fetched when it is first asked for. */
const load = () => import("./palette");
const Palette = dynamic(() => load().then(({ Palette }) => Palette), { ssr: false });

/** Opens the palette that finds devices, alerts, pages and actions; Ctrl-K does too. */
export function PaletteButton({ pages }: { pages: { path: string; name: string }[] }) {
  const [asked, setAsked] = useState(0);
  const opened = useRef(false);
  const keys = useEarlyKeys(() => {
    opened.current = false;
    setAsked(0);
  });
  const close = () => {
    opened.current = false;
    keys.stop();
  };
  const ask = async () => {
    if (opened.current) return;
    opened.current = true;
    keys.take();
    try {
      await load();
      // Unless Escape was pressed meanwhile.
      if (opened.current) setAsked((times) => times + 1);
    } catch {
      close();
      await showToast({ color: "red", message: UNREACHABLE }).catch(() => {});
    }
  };
  const onShortcut = useEffectEvent(() => void ask());
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      onShortcut();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  useFetchedSoon(load);
  return (
    <>
      <UnstyledButton
        className={classes.button}
        aria-label="Search, Control K"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => void ask()}
      >
        <Icon name="search" size={16} />
        <span className={classes.word}>Search</span>
        <kbd className={classes.keys}>Ctrl K</kbd>
      </UnstyledButton>
      {asked > 0 ? (
        <Palette
          {...{ asked, pages, text: keys.text, onText: keys.setText }}
          {...{ entered: keys.entered, onEntered: keys.onEntered }}
          onReady={keys.stop}
          onClose={close}
        />
      ) : null}
    </>
  );
}
