/** An image by name: its repository, and a tag or digest. */
export type ImageName = { readonly repository: string; readonly tag: string };

/** Whether an image is named by its whole id. */
export function isImageId(name: string): boolean {
  return /^sha256:[0-9a-f]{64}$/i.test(name);
}

/** Takes an image's name apart; `tag` is what is meant when it names none, '' for none. */
export function imageName(name: string, tag = 'latest'): ImageName {
  const at = name.indexOf('@');
  if (at >= 0) return { repository: name.slice(0, at), tag: name.slice(at + 1) };
  const colon = name.lastIndexOf(':');
  // A colon before a slash belongs to the port of a registry.
  if (colon < 0 || name.includes('/', colon)) return { repository: name, tag };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}

/** The name as docker takes it. */
export function imageText({ repository, tag }: ImageName): string {
  if (tag === '') return repository;
  return `${repository}${tag.includes(':') ? '@' : ':'}${tag}`;
}

/** Where the engine tells about an image. */
export function imagePath(name: string): string {
  return `/images/${encodeURI(name)}/json`;
}
