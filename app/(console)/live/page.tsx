import type { Metadata } from "next";
import { consolePage } from "@/app/_session/console-page";
import { NoSuchPlace } from "@/app/_ui/notices/no-such-place";
import { LiveBoard } from "./_components/live-board";
import { loadLive } from "./load";
import { liveView } from "./view";

export const metadata: Metadata = { title: "Live" };

/** Every device of a facility, or of all, as it is now. */
export default consolePage("/live", {
  view: liveView,
  load: loadLive,
  nowhere: ({ given }) => (
    <NoSuchPlace
      noun="facility"
      given={given}
      way={{ path: "/live", label: "Show all facilities" }}
    />
  ),
  show: ({ view: { facility }, loaded }) => (
    <>
      <h1 className="visually-hidden">Live</h1>
      <LiveBoard key={facility} facility={facility} {...loaded} />
    </>
  ),
});
