import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Each family is built to `dist/<family>.js` and, where it has a dress, `dist/<family>.css`. */
export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
  define: { __VUE_OPTIONS_API__: true, __VUE_PROD_DEVTOOLS__: false, __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false },
  build: {
    chunkSizeWarningLimit: 10_000,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(globSync('*/main.{js,jsx}').map((file) => [dirname(file), file])),
      output: { entryFileNames: '[name].js', assetFileNames: '[name].[ext]' },
    },
  },
});
