import { z } from "zod";
import { downloadAnswer } from "@/app/api/_http/download";
import { endpoint } from "@/app/api/_http/endpoint";
import { ListParams } from "@/lib/domain/values/paging";
import { deviceFile } from "@/lib/server/devices/export-devices";
import { MEDIA_TYPE } from "@/lib/server/reports/usage-file";
import { ScopeParams } from "@/lib/server/scope/resolve-scope";

const Query = z.object({ ...ScopeParams, ...ListParams });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/devices/export", {
  GET: async ({ context, query }) =>
    downloadAnswer({
      filename: "devices.csv",
      mediaType: MEDIA_TYPE.csv,
      text: deviceFile(context, query(Query)),
    }),
});
