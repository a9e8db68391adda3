/** `npm run update-contract`: reads the options of modules/ anew; `npm run generate` makes types of them. */
import { writeFileSync } from "node:fs";
import { modulesContract, modulesContractFile } from "./contract/of-modules.ts";

writeFileSync(modulesContractFile, `${JSON.stringify(await modulesContract(), null, 2)}\n`);
