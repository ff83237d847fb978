"use client";

import { UnstyledButton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useEffect, useEffectEvent, useState } from "react";
import { Icon } from "@/app/_ui/icons";
import { useFetchedSoon } from "@/app/_ui/use-fetched-soon";
import classes from "./palette-button.module.css";

/** Most visits need no palette: it is fetched when it is first asked for. */
const load = () => import("./palette");
const Palette = dynamic(() => load().then(({ Palette }) => Palette), { ssr: false });

/** Opens the palette that finds devices, zones, facilities, alerts and pages; Ctrl-K does too. */
export function PaletteButton({ pages }: { pages: { path: string; name: string }[] }) {
  const [asked, setAsked] = useState(0);
  const ask = useEffectEvent(() => setAsked((times) => times + 1));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      ask();
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
        onClick={() => setAsked(asked + 1)}
      >
        <Icon name="search" size={16} />
        <span className={classes.word}>Search</span>
        <kbd className={classes.keys}>Ctrl K</kbd>
      </UnstyledButton>
      {asked > 0 ? <Palette asked={asked} pages={pages} /> : null}
    </>
  );
}
