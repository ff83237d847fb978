import type { Metadata } from "next";
import { openPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { NoSuchFacility } from "@/app/_ui/no-such-facility";
import { readOrAway } from "@/app/(console)/read-or-away";
import { Clock } from "./_components/clock";
import { LiveBoard } from "./_components/live-board";
import { loadLive } from "./load-live";

export const metadata: Metadata = { title: "Live" };

/** Every device of a facility, or of all, as it is now. */
export default async function LivePage({
  searchParams,
}: {
  searchParams: Promise<{ facility?: string | string[] }>;
}) {
  const opened = await openPage("/live");
  const facility = [(await searchParams).facility].flat()[0] || null;
  const live = opened && (await readOrAway(() => loadLive(opened.context, facility)));
  if (!opened || !live) return <DatabaseAway />;
  if (live.kind === "unknown_facility") {
    return <NoSuchFacility given={facility ?? ""} path="/live" />;
  }
  const now = opened.context.now.getTime();
  return (
    <>
      <h1 className="visually-hidden">Live</h1>
      <Clock now={now}>
        <LiveBoard key={facility} facility={facility} {...live.board} />
      </Clock>
    </>
  );
}
