/** Every component of the kit: at the development server, for a built client does not have it. */
export const galleryAddress = `http://127.0.0.1:${process.env.GALLERY_PORT}/dev/ui`
