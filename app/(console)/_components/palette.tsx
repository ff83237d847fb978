"use client";

import "@mantine/spotlight/styles.layer.css";
import { useDebouncedValue } from "@mantine/hooks";
import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { callApi } from "@/app/_ui/api-call";
import { Icon } from "@/app/_ui/icons";
import type { Found } from "@/lib/server/search/search-estate";
import { type Destination, destinationsOf, pagesNamed } from "./destinations";

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
  const { found, fault } = useFound(text.trim());
  useEffect(() => {
    if (asked > 0) palette.open();
  }, [asked]);
  const groups = [
    { name: "Pages", items: pagesNamed(pages, text, facility) },
    ...(found ? destinationsOf(found) : []),
  ].filter(({ items }) => items.length > 0);
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
              <Action key={item.address} {...item} onGo={() => router.push(item.address)} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 ? (
          <Spotlight.Empty>{fault ?? "Nothing has that name."}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Action({ label, beside, onGo }: Destination & { onGo: () => void }) {
  return <Spotlight.Action label={label} description={beside} onClick={onGo} />;
}

/** What of the estate bears a text; the answer before stays until the next one is there. */
function useFound(text: string): { found: Found | null; fault: string | null } {
  const [wanted] = useDebouncedValue(text, SEARCH_AFTER_MS);
  const [answer, setAnswer] = useState<{ found: Found | null; fault: string | null }>(NOTHING);
  useEffect(() => {
    if (wanted === "") return;
    let current = true;
    void callApi<Found>("GET", `/api/search?${new URLSearchParams({ text: wanted })}`).then(
      (result) => {
        if (!current) return;
        if (result.ok) setAnswer({ found: result.body, fault: null });
        else setAnswer({ found: null, fault: result.detail });
      },
    );
    return () => {
      current = false;
    };
  }, [wanted]);
  return text === "" ? NOTHING : answer;
}

const NOTHING = { found: null, fault: null };
