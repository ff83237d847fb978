import { NoSuchThing } from "@/app/_ui/no-such-place";

export default function DeviceNotFound() {
  return <NoSuchThing noun="device" way={{ path: "/", label: "Go to the dashboard" }} />;
}
