import { defineConfig } from "vite";

// Everything is served by the server itself, under /flow/.
export default defineConfig({
  base: "/flow/",
  publicDir: "generated/public",
  build: {
    target: ["chrome111", "safari16.4", "firefox114"],
    outDir: "dist",
    assetsDir: "assets",
    // A strict Content-Security-Policy permits no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { page: "index.html", "bonafide-flow": "src/element.ts" },
      output: {
        // The element for an operator's own page keeps its name.
        entryFileNames: (chunk) =>
          chunk.name === "bonafide-flow" ? "[name].js" : "assets/[name]-[hash].js",
      },
    },
  },
  worker: { format: "es" },
});
