"use client";

import "@mantine/spotlight/styles.layer.css";
import { useMantineColorScheme } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { withQuery } from "@/app/_ui/addresses/query";
import { showToast } from "@/app/_ui/dialogs/toast";
import { callApi } from "@/app/_ui/forms/api-call";
import { signOut } from "@/app/_ui/forms/auth-call";
import { Icon } from "@/app/_ui/icons";
import type { Found } from "@/lib/server/search/search-estate";
import { type Destination, destinationsOf, pagesNamed } from "../destinations";
import { actionsNamed } from "./palette-actions";

const [store, palette] = createSpotlight();
const SEARCH_AFTER_MS = 120;

type PaletteProps = {
  /** Counts how often it was asked for: each time it opens. */
  asked: number;
  pages: { path: string; name: string }[];
  text: string;
  onText: (text: string) => void;
  /** Whether Enter was pressed before it could hear it. */
  entered: boolean;
  onEntered: () => void;
  /** From now on it hears the keys itself. */
  onReady: () => void;
  onClose: () => void;
};

/** Finds devices, zones, facilities, open alerts, pages and actions by a part of their name. */
export function Palette({ asked, pages, text, onText, entered, ...told }: PaletteProps) {
  const { found, fault, searching } = useFound(text.trim());
  const groups = useGroups(pages, text, found);
  const act = useAct();
  useEffect(() => {
    if (asked > 0) palette.open();
  }, [asked]);
  // Enter does the first of what is in view, which changes as the answer comes.
  const first = text === "" ? undefined : groups[0]?.items[0];
  const enter = useEffectEvent(() => {
    if (!first) return;
    told.onEntered();
    palette.close();
    // Opened and closed in one turn, it never says so itself.
    told.onClose();
    act(first);
  });
  useEffect(() => {
    if (entered && first) enter();
  }, [entered, first]);
  return (
    <Spotlight.Root
      {...{ store, query: text, onQueryChange: onText, scrollable: true, maxHeight: "60vh" }}
      // The button listens to it.
      shortcut={null}
      onSpotlightClose={told.onClose}
    >
      <Spotlight.Search
        placeholder="Device, zone, facility, alert, page or action"
        aria-label="Search devices, zones, facilities, alerts, pages and actions"
        leftSection={<Icon name="search" />}
        onFocus={told.onReady}
      />
      <Spotlight.ActionsList>
        {groups.map(({ name, items }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {items.map((item) => (
              <Spotlight.Action
                key={typeof item.act === "string" ? item.act : item.label}
                label={item.label}
                description={item.beside}
                data-selected={item === first || undefined}
                onClick={() => act(item)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 ? (
          <Spotlight.Empty>{fault ?? (searching ? "Searching…" : "No results")}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Opens a page or does something. */
function useAct() {
  const router = useRouter();
  return ({ act }: Destination) => (typeof act === "string" ? router.push(act) : act());
}

/** What a text names, by kind. */
function useGroups(pages: PaletteProps["pages"], text: string, found: Found | null) {
  const facility = useSearchParams().get("facility");
  const { setColorScheme } = useMantineColorScheme();
  const actions = { facility, setColors: setColorScheme, signOut: () => void leave() };
  return [
    { name: "Pages", items: pagesNamed(pages, text, facility) },
    { name: "Actions", items: actionsNamed(text, actions) },
    ...(found ? destinationsOf(found) : []),
  ].filter(({ items }) => items.length > 0);
}

async function leave() {
  const fault = await signOut();
  if (fault !== null) await showToast({ color: "red", message: fault });
}

type Answer = { text: string; found: Found | null; fault: string | null };

/** What of the estate bears a text: an answer to another text is none. */
function useFound(text: string) {
  const [wanted] = useDebouncedValue(text, SEARCH_AFTER_MS);
  const [answer, setAnswer] = useState<Answer>({ text: "", found: null, fault: null });
  useEffect(() => {
    if (wanted === "") return;
    let current = true;
    void callApi<Found>("GET", withQuery("/api/search", { text: wanted })).then((result) => {
      if (!current) return;
      const [found, fault] = result.ok ? [result.body, null] : [null, result.detail];
      setAnswer({ text: wanted, found, fault });
    });
    return () => {
      current = false;
    };
  }, [wanted]);
  const answered = answer.text === text;
  return {
    found: answered ? answer.found : null,
    fault: answered ? answer.fault : null,
    searching: !answered,
  };
}
