import { NoSuchThing } from "@/app/_ui/notices/no-such-place";

export default function AlertNotFound() {
  return <NoSuchThing noun="alert" way={{ path: "/alerts", label: "Go to the alerts" }} />;
}
