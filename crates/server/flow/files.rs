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
<<<<<<< HEAD
        path: "assets/en-DiNWHt0i.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/en-DiNWHt0i.js"),
        gzip: include_bytes!("assets/en-DiNWHt0i.js.gz"),
    },
    File {
        path: "assets/flow--ZD1FIGR.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/flow--ZD1FIGR.js"),
        gzip: include_bytes!("assets/flow--ZD1FIGR.js.gz"),
=======
        path: "assets/en-DTKdHBFY.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/en-DTKdHBFY.js"),
        gzip: include_bytes!("assets/en-DTKdHBFY.js.gz"),
    },
    File {
        path: "assets/flow-yoMQw9Og.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/flow-yoMQw9Og.js"),
        gzip: include_bytes!("assets/flow-yoMQw9Og.js.gz"),
>>>>>>> web2
    },
    File {
        path: "assets/judge.worker-D_X2Bpj7.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/judge.worker-D_X2Bpj7.js"),
        gzip: include_bytes!("assets/judge.worker-D_X2Bpj7.js.gz"),
    },
    File {
<<<<<<< HEAD
        path: "assets/page-C6upZU9J.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/page-C6upZU9J.js"),
        gzip: include_bytes!("assets/page-C6upZU9J.js.gz"),
=======
        path: "assets/page-DltwRgiz.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/page-DltwRgiz.js"),
        gzip: include_bytes!("assets/page-DltwRgiz.js.gz"),
>>>>>>> web2
    },
    File {
        path: "assets/page-DwOfYGgX.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("assets/page-DwOfYGgX.css"),
        gzip: include_bytes!("assets/page-DwOfYGgX.css.gz"),
    },
    File {
<<<<<<< HEAD
        path: "assets/zh-CN-BrXxvJ6R.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/zh-CN-BrXxvJ6R.js"),
        gzip: include_bytes!("assets/zh-CN-BrXxvJ6R.js.gz"),
=======
        path: "assets/zh-CN-BvUHqblo.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("assets/zh-CN-BvUHqblo.js"),
        gzip: include_bytes!("assets/zh-CN-BvUHqblo.js.gz"),
>>>>>>> web2
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
