"use client";

import { NativeSelect } from "@mantine/core";
import { useQueryNavigation } from "@/app/_ui/addresses/query-navigation";
import { Filters } from "@/app/_ui/forms/filters";
import { SearchField } from "@/app/_ui/forms/search-field";
import records from "@/app/_ui/tables/records.module.css";
import type { ListOrder } from "@/lib/domain/values/paging";

type ListFiltersProps = {
  search: string;
  retired: "true" | "all" | null;
  sort: ListOrder;
  placeholder: string;
  /** Filters of one list alone, and whether they narrow it down. */
  children?: React.ReactNode;
  narrowed?: boolean;
};

/** What narrows a list of the estate down; kept in the address, so that a view can be sent on. */
export function ListFilters(props: ListFiltersProps) {
  const { search, retired, sort, placeholder, children, narrowed = false } = props;
  const { go } = useQueryNavigation();
  return (
    <Filters
      className={records.filters}
      active={[retired, sort !== "code", narrowed].filter(Boolean).length}
      search={<SearchField search={search} placeholder={placeholder} className={records.search} />}
    >
      {children}
      <NativeSelect
        label="Show"
        className={records.narrow}
        value={retired ?? ""}
        onChange={(event) => go({ retired: event.currentTarget.value || null, after: null })}
        data={[
          { value: "", label: "In use" },
          { value: "true", label: "Retired" },
          { value: "all", label: "Both" },
        ]}
      />
      <NativeSelect
        label="Order"
        className={records.narrow}
        value={sort}
        onChange={(event) => {
          const order = event.currentTarget.value;
          go({ sort: order === "code" ? null : order, after: null });
        }}
        data={[
          { value: "code", label: "Code A–Z" },
          { value: "-code", label: "Code Z–A" },
          { value: "newest", label: "Newest first" },
        ]}
      />
    </Filters>
  );
}
