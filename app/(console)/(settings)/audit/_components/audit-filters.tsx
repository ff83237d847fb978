"use client";

import { NativeSelect } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { DateField } from "@/app/_ui/forms/date-field";
import { Filters } from "@/app/_ui/forms/filters";
import { SearchField } from "@/app/_ui/forms/search-field";
import records from "@/app/_ui/tables/records.module.css";
import type { AuditFilters, AuditView } from "../view";

/** The nouns of actions in words. */
const NOUNS: Record<NonNullable<AuditFilters["action"]>, string> = {
  facility: "Facilities",
  zone: "Zones",
  device: "Devices",
  devices: "Imports of devices",
  target: "Targets",
  targets: "Imports and copies of targets",
  alert: "Alerts",
  key: "Keys",
  user: "Users",
  session: "Sessions",
  sign_in: "Sign-ins",
};

/** What narrows the log down; kept in the address, so that a view can be sent to someone. */
export function AuditFilterFields({ search, action, from, to }: AuditFilters) {
  const { go } = useQueryNavigation<AuditView>();
  return (
    <Filters
      className={records.filters}
      active={[action, from, to].filter(Boolean).length}
      search={
        <SearchField
          search={search ?? ""}
          placeholder="User, key or name"
          className={records.search}
        />
      }
    >
      <NativeSelect
        label="About"
        className={records.narrow}
        value={action ?? ""}
        onChange={(event) => go({ action: event.currentTarget.value || null, after: null })}
        data={[
          { value: "", label: "Everything" },
          ...Object.entries(NOUNS).map(([value, label]) => ({ value, label })),
        ]}
      />
      <DateField
        label="From"
        className={records.narrow}
        value={from ?? null}
        onChange={(date) => go({ from: date, after: null })}
      />
      <DateField
        label="To"
        className={records.narrow}
        value={to ?? null}
        onChange={(date) => go({ to: date, after: null })}
      />
    </Filters>
  );
}
