"use client";

import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { useChange } from "@/app/_ui/use-change";
import type { ApiKey } from "@/lib/server/keys/read-keys";

type RevokeKeyProps = { apiKey: ApiKey; opened: boolean; onClose: () => void };

/** Asks before a key ends for good. */
export function RevokeKey({ apiKey, opened, onClose }: RevokeKeyProps) {
  const { send, busy, fault } = useChange();
  const { id, name, scopes, place } = apiKey;
  const revoke = async () => {
    if (await send("DELETE", `/api/keys/${id}`)) onClose();
  };
  return (
    <ConfirmDialog
      title={`Revoke key ${name}?`}
      opened={opened}
      onClose={onClose}
      action="Revoke key"
      final
      busy={busy}
      fault={fault}
      onConfirm={revoke}
    >
      <p>
        Whatever uses this key ({scopes.join(", ")}; {place ?? "all facilities"}) stops working at
        once: its calls are refused with 401
        {scopes.includes("ingest") ? ", and what devices send with it is not stored" : ""}.
      </p>
      <p>A revoked key can't be brought back. To replace a secret without a gap, rotate it.</p>
    </ConfirmDialog>
  );
}
