import { NoSuchPage } from "@/app/_ui/notices/no-such-place";

/** Inside the frame, which has the landmark of the content. */
export default function NotFound() {
  return <NoSuchPage />;
}
