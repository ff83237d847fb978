import { signedInViewer } from "@/app/_session/open-page";
import { SubNavigation } from "@/app/_ui/addresses/sub-navigation";
import { pagesFor, SETTINGS } from "../_components/pages";

/** The settings that the viewer may open. */
export default async function SettingsLayout({ children }: { children: React.ReactNode }) {
  const viewer = await signedInViewer();
  return (
    <>
      {viewer ? (
        <SubNavigation label="Settings" pages={pagesFor(SETTINGS, viewer.session.user.role)} />
      ) : null}
      {children}
    </>
  );
}
