/** Content types of single images, as opposed to RecordIO of many. */
export const imageContentTypes = ["image/png", "image/jpeg", "application/x-image"] as const;
