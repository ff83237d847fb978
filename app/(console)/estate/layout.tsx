import { SubNavigation } from "@/app/_ui/sub-navigation";

const PAGES = [
  { path: "/estate", name: "Facilities" },
  { path: "/estate/zones", name: "Zones" },
  { path: "/estate/devices", name: "Devices" },
  { path: "/estate/targets", name: "Targets" },
];

/** The frame of the estate's pages: the way from one to the other. */
export default function EstateLayout({ children }: { children: React.ReactNode }) {
  return (
    <>
      <SubNavigation label="Facilities" pages={PAGES} keep={["facility"]} />
      {children}
    </>
  );
}
