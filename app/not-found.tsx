import { NoSuchPage } from "@/app/_ui/notices/no-such-place";

export default function NotFound() {
  return (
    <main>
      <NoSuchPage />
    </main>
  );
}
