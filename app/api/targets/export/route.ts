import { z } from "zod";
import { downloadAnswer } from "@/app/api/_http/download";
import { endpoint } from "@/app/api/_http/endpoint";
import { TargetParams } from "@/lib/domain/estate/target";
import { CodeSought } from "@/lib/domain/values/fields";
import { MEDIA_TYPE } from "@/lib/server/reports/usage-file";
import { ScopeParams } from "@/lib/server/scope/resolve-scope";
import { targetFile } from "@/lib/server/targets/export-targets";

const Query = z.object({ ...ScopeParams, device: CodeSought.optional(), ...TargetParams });

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint("/api/targets/export", {
  GET: async ({ context, query }) =>
    downloadAnswer({
      filename: "targets.csv",
      mediaType: MEDIA_TYPE.csv,
      text: targetFile(context, query(Query)),
    }),
});
