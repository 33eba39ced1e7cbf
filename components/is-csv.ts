/** Whether data of a content type are CSV, with or without parameters: `text/csv;label_size=1`. */
export function isCsv(contentType: string): boolean {
  return /^(text\/)?csv(;|$)/.test(contentType);
}
