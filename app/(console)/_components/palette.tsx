"use client";

import "@mantine/spotlight/styles.layer.css";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { callApi } from "@/app/_ui/api-call";
import { Icon } from "@/app/_ui/icons";
import type { Found } from "@/lib/server/search/search-estate";
import { destinationsOf, pagesNamed } from "./destinations";

const [store, palette] = createSpotlight();
const SEARCH_AFTER_MS = 120;

type PaletteProps = {
  /** Counts how often it was asked for: each time it opens. */
  asked: number;
  pages: { path: string; name: string }[];
};

/** Finds devices, zones, facilities, open alerts and pages by a part of their name. */
export function Palette({ asked, pages }: PaletteProps) {
  const router = useRouter();
  const facility = useSearchParams().get("facility");
  const [text, setText] = useState("");
  const { found, fault, searching } = useFound(text.trim());
  useEffect(() => {
    if (asked > 0) palette.open();
  }, [asked]);
  const groups = [
    { name: "Pages", items: pagesNamed(pages, text, facility) },
    ...(found ? destinationsOf(found) : []),
  ].filter(({ items }) => items.length > 0);
  // Enter opens the first of what is in view, which changes as the answer comes.
  const first = text === "" ? undefined : groups[0]?.items[0]?.address;
  return (
    <Spotlight.Root store={store} query={text} onQueryChange={setText} scrollable maxHeight="60vh">
      <Spotlight.Search
        placeholder="Device, zone, facility, alert or page"
        aria-label="Search devices, zones, facilities, alerts and pages"
        leftSection={<Icon name="search" />}
      />
      <Spotlight.ActionsList>
        {groups.map(({ name, items }) => (
          <Spotlight.ActionsGroup key={name} label={name}>
            {items.map((item) => (
              <Spotlight.Action
                key={item.address}
                label={item.label}
                description={item.beside}
                data-selected={item.address === first || undefined}
                onClick={() => router.push(item.address)}
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

type Answer = { text: string; found: Found | null; fault: string | null };

/** What of the estate bears a text: an answer to another text is none. */
function useFound(text: string) {
  const [wanted] = useDebouncedValue(text, SEARCH_AFTER_MS);
  const [answer, setAnswer] = useState<Answer>({ text: "", found: null, fault: null });
  useEffect(() => {
    if (wanted === "") return;
    let current = true;
    void callApi<Found>("GET", `/api/search?${new URLSearchParams({ text: wanted })}`).then(
      (result) => {
        if (!current) return;
        const [found, fault] = result.ok ? [result.body, null] : [null, result.detail];
        setAnswer({ text: wanted, found, fault });
      },
    );
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
