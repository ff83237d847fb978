import type { Metadata } from "next";
import { visitorPage } from "@/app/_session/visitor-page";
import { SetupForm } from "../_components/setup-form";

export const metadata: Metadata = { title: "Set up" };

/** The first start; afterwards this page leads away. */
export default visitorPage("/setup", { show: () => <SetupForm /> });
