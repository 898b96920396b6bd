/** Every component of the kit: on a server of its own, for the client that is served does not have it. */
export const galleryAddress = `http://127.0.0.1:${process.env.GALLERY_PORT}/dev/ui`
