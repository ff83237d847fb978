import type { Metadata } from "next";
import { openVisitorPage } from "@/app/_session/open-page";
import { DatabaseAway } from "@/app/_ui/database-away";
import { SetupForm } from "../_components/setup-form";

export const metadata: Metadata = { title: "Set up" };

/** The first start; afterwards this page leads away. */
export default async function SetupPage() {
  if (!(await openVisitorPage("/setup"))) return <DatabaseAway />;
  return <SetupForm />;
}
