/** Tells by the name of a kind or of a keyword with choices whether a value fits (made from build.ts). */
export declare const validators: Readonly<Record<string, (value: unknown) => boolean>>;
