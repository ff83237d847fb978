import { Skeleton } from "@mantine/core";

/** The shape of a list while it is read. */
export default function Loading() {
  return (
    <div role="status" aria-label="Loading facilities">
      <Skeleton height={32} width={180} mb={10} />
      <Skeleton height={20} width="min(34rem, 100%)" mb={22} />
      <Skeleton height={520} radius="md" />
    </div>
  );
}
