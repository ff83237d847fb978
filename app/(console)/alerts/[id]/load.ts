import type { OpenedPage } from "@/app/_session/open-page";
import { idOf } from "@/app/_session/page-frame";
import { readAlert } from "@/lib/server/alerts/read-alerts";
import { readFacility } from "@/lib/server/facilities/read-facilities";
import type { AlertsView } from "../(list)/view";

/** An alert and its facility. @throws Problem 404 where there is none within reach */
export async function loadAlert(
  { context }: OpenedPage,
  _view: AlertsView,
  params: { id: string },
) {
  const alert = await readAlert(context, idOf(params));
  return { alert, facility: await readFacility(context, alert.facility_id) };
}
