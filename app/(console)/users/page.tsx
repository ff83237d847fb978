import { openPage } from "@/app/_session/open-page";

export default async function StubPage() {
  await openPage("/users");
  return <h1>Users</h1>;
}
