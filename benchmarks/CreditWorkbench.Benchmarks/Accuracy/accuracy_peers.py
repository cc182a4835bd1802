"""XGBoost and scikit-learn on the matrices, folds and grid that `accuracy` wrote.

usage: accuracy_peers.py FOLDER boosting|forest
reads  spec.json, x.npy (rows x columns, float32, missing = NaN), y.npy, folds.npy, inner.npy (folds x rows: 0 held, 1 fit, 2 choose)
writes peer-boosting.f64 or peer-forest.f64 (out-of-fold risk per row) and a .json of what was chosen
"""
import json
import os
import sys
import time

import numpy as np
from sklearn.metrics import roc_auc_score


def load(folder):
    with open(os.path.join(folder, "spec.json")) as file:
        spec = json.load(file)
    x, y, folds, inner = (np.load(os.path.join(folder, name + ".npy")) for name in ("x", "y", "folds", "inner"))
    return spec, np.ascontiguousarray(x), y, folds, inner


def boosting(spec, x, y, folds, inner):
    import xgboost as xgb

    kinds = ["c" if category else "q" for category in spec["categories"]]

    def matrix(rows):
        return xgb.DMatrix(x[rows], label=y[rows], feature_types=kinds, enable_categorical=True)

    def train(rows, point):
        parameters = {
            "objective": "binary:logistic", "tree_method": "hist", "max_bin": 256, "max_depth": point["depth"], "eta": point["learningRate"],
            "subsample": spec["rowShare"], "colsample_bytree": spec["columnShare"],
            "nthread": spec["threads"], "seed": spec["seed"],
        }
        return xgb.train(parameters, matrix(rows), num_boost_round=point["trees"])

    risk, chosen = np.zeros(len(y)), []
    for fold in range(inner.shape[0]):
        fit, choose = np.flatnonzero(inner[fold] == 1), np.flatnonzero(inner[fold] == 2)
        held = np.flatnonzero(folds == fold)
        aucs = [roc_auc_score(y[choose], train(fit, point).predict(matrix(choose), output_margin=True)) for point in spec["grid"]]
        best = int(np.argmax(aucs))
        chosen.append(best)
        risk[held] = train(np.flatnonzero(inner[fold] > 0), spec["grid"][best]).predict(matrix(held), output_margin=True)
    return risk, chosen, "XGBoost " + xgb.__version__


def forest(spec, x, y, folds, inner):
    import sklearn
    from sklearn.ensemble import RandomForestClassifier

    risk = np.zeros(len(y))
    for fold in range(inner.shape[0]):
        train, held = np.flatnonzero(inner[fold] > 0), np.flatnonzero(folds == fold)
        with np.errstate(all="ignore"):
            below = np.nan_to_num(np.nanmin(np.where(np.isfinite(x[train]), x[train], np.nan), axis=0)) - 1
        filled = np.where(np.isnan(x), below, x)
        model = RandomForestClassifier(
            n_estimators=spec["forest"]["trees"], max_depth=spec["forest"]["depth"], min_samples_split=spec["forest"]["minSplit"],
            max_features="sqrt", n_jobs=spec["threads"], random_state=spec["seed"])
        risk[held] = model.fit(filled[train], y[train]).predict_proba(filled[held])[:, 1]
    return risk, [], "scikit-learn " + sklearn.__version__


def main():
    folder, task = sys.argv[1], sys.argv[2]
    data = load(folder)
    start = time.monotonic()
    risk, chosen, peer = {"boosting": boosting, "forest": forest}[task](*data)
    seconds = time.monotonic() - start
    risk.astype("<f8").tofile(os.path.join(folder, "peer-" + task + ".f64"))
    with open(os.path.join(folder, "peer-" + task + ".json"), "w") as file:
        json.dump({"chosen": chosen, "seconds": seconds, "peer": peer}, file)


if __name__ == "__main__":
    main()
