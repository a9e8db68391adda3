import { isFileError } from "./file-errors.ts";

/**
 * Undefined where the file or directory is not there, or not any more: whoever looks without the lock may look
 * while another dbtrfs writes.
 */
export function ifThere<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isFileError(error) && error.code === "ENOENT") return undefined;
    throw error;
  }
}
