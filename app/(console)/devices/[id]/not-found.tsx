import { NoSuchThing } from "@/app/_ui/notices/no-such-place";

export default function DeviceNotFound() {
  return <NoSuchThing noun="device" way={{ path: "/", label: "Go to the dashboard" }} />;
}
