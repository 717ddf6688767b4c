// Written by `cargo xtask web`.
&[
    File {
        path: "apple-touch-icon.png",
        kind: "image/png",
        bytes: include_bytes!("apple-touch-icon.png"),
        gzip: include_bytes!("apple-touch-icon.png.gz"),
    },
    File {
        path: "assets/dist-Dbx7dB3s.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/dist-Dbx7dB3s.js"),
        gzip: include_bytes!("assets/dist-Dbx7dB3s.js.gz"),
    },
    File {
        path: "assets/en-DY86PzdZ.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/en-DY86PzdZ.js"),
        gzip: include_bytes!("assets/en-DY86PzdZ.js.gz"),
    },
    File {
<<<<<<< HEAD
        path: "assets/flow-BgzMfB95.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/flow-BgzMfB95.js"),
        gzip: include_bytes!("assets/flow-BgzMfB95.js.gz"),
=======
        path: "assets/flow-BlPIkHoD.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/flow-BlPIkHoD.js"),
        gzip: include_bytes!("assets/flow-BlPIkHoD.js.gz"),
>>>>>>> live
    },
    File {
        path: "assets/judge.worker-D_X2Bpj7.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/judge.worker-D_X2Bpj7.js"),
        gzip: include_bytes!("assets/judge.worker-D_X2Bpj7.js.gz"),
    },
    File {
<<<<<<< HEAD
        path: "assets/page-BZSI9vdh.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/page-BZSI9vdh.js"),
        gzip: include_bytes!("assets/page-BZSI9vdh.js.gz"),
=======
        path: "assets/page-DjMF2zkt.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/page-DjMF2zkt.js"),
        gzip: include_bytes!("assets/page-DjMF2zkt.js.gz"),
>>>>>>> live
    },
    File {
        path: "assets/page-DwOfYGgX.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("assets/page-DwOfYGgX.css"),
        gzip: include_bytes!("assets/page-DwOfYGgX.css.gz"),
    },
    File {
        path: "assets/zh-CN-c0kN8-0m.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/zh-CN-c0kN8-0m.js"),
        gzip: include_bytes!("assets/zh-CN-c0kN8-0m.js.gz"),
    },
    File {
        path: "bonafide-flow.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("bonafide-flow.js"),
        gzip: include_bytes!("bonafide-flow.js.gz"),
    },
    File {
        path: "help/en.html",
        kind: "text/html; charset=utf-8",
        bytes: include_bytes!("help/en.html"),
        gzip: include_bytes!("help/en.html.gz"),
    },
    File {
        path: "help/help.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("help/help.css"),
        gzip: include_bytes!("help/help.css.gz"),
    },
    File {
        path: "help/zh-CN.html",
        kind: "text/html; charset=utf-8",
        bytes: include_bytes!("help/zh-CN.html"),
        gzip: include_bytes!("help/zh-CN.html.gz"),
    },
    File {
        path: "icon-192.png",
        kind: "image/png",
        bytes: include_bytes!("icon-192.png"),
        gzip: include_bytes!("icon-192.png.gz"),
    },
    File {
        path: "icon-512.png",
        kind: "image/png",
        bytes: include_bytes!("icon-512.png"),
        gzip: include_bytes!("icon-512.png.gz"),
    },
    File {
        path: "icon-whole-512.png",
        kind: "image/png",
        bytes: include_bytes!("icon-whole-512.png"),
        gzip: include_bytes!("icon-whole-512.png.gz"),
    },
    File {
        path: "icon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("icon.svg"),
        gzip: include_bytes!("icon.svg.gz"),
    },
    File {
        path: "index.html",
        kind: "text/html; charset=utf-8",
        bytes: include_bytes!("index.html"),
        gzip: include_bytes!("index.html.gz"),
    },
    File {
        path: "manifest.webmanifest",
        kind: "application/manifest+json",
        bytes: include_bytes!("manifest.webmanifest"),
        gzip: include_bytes!("manifest.webmanifest.gz"),
    },
]
