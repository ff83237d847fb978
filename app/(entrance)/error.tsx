"use client";

import { PageError } from "@/app/_ui/notices/page-error";

export default PageError;
